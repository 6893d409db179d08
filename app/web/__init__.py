"""The pages: one package an area, none of which knows another."""
