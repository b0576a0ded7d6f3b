"""The pages: the only place that imports Streamlit or Plotly."""
