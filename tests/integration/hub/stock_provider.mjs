// Two stock y-websocket providers on one board; prints one line of JSON with what they saw.
import * as Y from 'yjs'
import { WebsocketProvider } from 'y-websocket'
import WebSocket from 'ws'

const [base, board] = process.argv.slice(2)
const errors = []
console.error = (...words) => errors.push(words.join(' '))

const until = async (what, holds) => {
  const end = Date.now() + 8000
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
const open = (user, doc = new Y.Doc(), params = {}) =>
  new WebsocketProvider(`${base}/sync`, board, doc, {
    WebSocketPolyfill: WebSocket, disableBc: true, params: { user, ...params },
  })
const addNote = (provider, id, text) => provider.doc.transact(() => {
  const note = new Y.Map()
  note.set('text', new Y.Text(text)); note.set('x', 10); note.set('y', 20.5); note.set('colour', 'sky')
  provider.doc.getMap('notes').set(id, note)
})
const ids = (provider) => [...provider.doc.getMap('notes').keys()].sort()

const ann = open('ann')
const bob = open('bob')
await until('sync', () => ann.synced && bob.synced)
ann.awareness.setLocalStateField('user', { name: 'Ann' })
await until('awareness', () => bob.awareness.getStates().get(ann.doc.clientID)?.user?.name === 'Ann')
addNote(ann, 'a1', 'привіт 👋')
addNote(bob, 'b1', 'hello')
await until('edits both ways', () => ids(ann).length === 2 && ids(bob).length === 2)
bob.doc.getMap('notes').get('a1').get('text').insert(6, ' all')
await until('text', () => ann.doc.getMap('notes').get('a1').get('text').toString() === 'привіт all 👋')
ann.doc.getMap('notes').delete('b1')
await until('deletion', () => ids(bob).length === 1)

bob.disconnect()
await until('leave', () => !ann.awareness.getStates().has(bob.doc.clientID))
addNote(bob, 'offline', 'written offline')
bob.connect()
await until('offline edit', () => ids(ann).includes('offline'))
// As a moving cursor would: the provider repeats its old clock on reconnecting, which others ignore.
bob.awareness.setLocalStateField('user', { name: 'Bob' })
await until('return', () => ann.awareness.getStates().has(bob.doc.clientID))

const eve = open('eve', new Y.Doc(), { role: 'view' })
await until('viewer', () => eve.synced && ids(eve).length === 2)
let closed = null
eve.on('closed', ({ code }) => { closed = code })
addNote(eve, 'forbidden', 'no')
await until('refusal', () => closed !== null)

process.stdout.write(JSON.stringify({
  ann: ids(ann), bob: ids(bob), closed, errors,
  text: ann.doc.getMap('notes').get('a1').get('text').toString(),
}) + '\n')
process.exit(0)
