"""What Streamlit runs for each visit; it reads this file again and again, so nothing stands here that could go wrong."""

from app import show

show()
