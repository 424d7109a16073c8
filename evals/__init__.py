"""What measures the answers."""
