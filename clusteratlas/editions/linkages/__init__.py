"""From the publishers' files to linkages between industries, before any cluster is formed."""
