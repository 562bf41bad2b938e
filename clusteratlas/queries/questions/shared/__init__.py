"""What questions of several rooms share: parameters, rows that they read, remarks."""
