#!/bin/sh
# Draws images/icon.png from images/icon.svg. Needs rsvg-convert (Debian: librsvg2-bin).
set -eu
cd "$(dirname "$0")/../images"
rsvg-convert --width 256 --height 256 icon.svg --output icon.png
