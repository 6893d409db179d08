"""Reports and what came of them."""
