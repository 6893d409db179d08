// Applies updates as a browser would: each input line names a state and updates upon it.
// Prints how many lines threw, in applying or in reading the document afterwards.
import * as Y from 'yjs'
import { createInterface } from 'node:readline'

const bytes = (text) => Uint8Array.from(Buffer.from(text, 'base64'))
console.error = console.warn = () => {}
let lines = 0
const thrown = []
for await (const line of createInterface({ input: process.stdin })) {
  const { before, updates } = JSON.parse(line)
  const doc = new Y.Doc()
  lines += 1
  try {
    Y.applyUpdate(doc, bytes(before))
    doc.getMap('notes').observeDeep(() => {})
    for (const update of updates) Y.applyUpdate(doc, bytes(update))
    doc.getMap('notes').toJSON()
    doc.getText('text').toDelta()
    doc.getArray('items').toJSON()
    doc.getXmlFragment('xml').toString()
  } catch (error) {
    thrown.push(String(error).slice(0, 80))
  }
}
process.stdout.write(JSON.stringify({ lines, thrown }) + '\n')
