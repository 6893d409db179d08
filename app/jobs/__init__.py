"""Background work: enqueued by pages and sockets, done by a worker of its own."""
