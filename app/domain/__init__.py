"""The facts of Cojam: one package a noun, standing in one line (docs/architecture.md)."""
