"""Socket.IO: what lives outside a board."""
