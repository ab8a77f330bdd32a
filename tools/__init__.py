"""Tools of the makers: pages and figures that are generated, never written by hand."""
