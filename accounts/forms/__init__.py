"""What people type about themselves, their parties and their colleagues."""
