"""What administrators see of the installation."""
