"""What people say: everyday names of regions, codes, and words that say too little."""
