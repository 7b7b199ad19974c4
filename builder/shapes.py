#!/usr/bin/env python3
"""Writes shapes.tsv: which characters look alike, and how much.

    pip install pillow numpy scipy; builder/shapes.py FONT.ttc CANDIDATES.tsv > builder/shapes.tsv

FONT: Noto Sans CJK (OFL 1.1; Debian fonts-noto-cjk). Blurred rasters, shifted by up to two pixels, are compared by the
cosine of their deviations from the mean. CANDIDATES: characters that share a component; those not alike as a whole
(遂/隧) get the lowest levels.
"""
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import gaussian_filter

# The likeness of the lowest level, that of each further level, and the most characters listed for one.
LEAST, STEP, MOST = 0.60, 0.05, 48
# The likeness needed without a shared component; what a shared component adds, and the likeness it gives at least.
APART, SHARED, AT_LEAST = 0.80, 0.05, 0.65
SIDE = 48

font = ImageFont.truetype(sys.argv[1], 40, index=2)
rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[2], encoding="utf-8")][1:]
characters = [row[0] for row in rows]
share = [set(row[3]) if len(row) > 3 else set() for row in rows]


def raster(character):
    image = Image.new("L", (SIDE, SIDE), 0)
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = draw.textbbox((0, 0), character, font=font)
    draw.text(((SIDE - right - left) / 2, (SIDE - bottom - top) / 2), character, font=font, fill=255)
    return gaussian_filter(np.asarray(image, dtype=np.float32) / 255, 1.3)


def deviations(rasters):
    flat = rasters.reshape(len(rasters), -1)
    flat = flat - flat.mean(1, keepdims=True)
    return flat / np.linalg.norm(flat, axis=1, keepdims=True)


rasters = np.stack([raster(c) for c in characters])
still = deviations(rasters)
alike = np.full((len(rows), len(rows)), -1, np.float32)
for right in range(-2, 3):
    for down in range(-1, 2):
        moved = deviations(np.roll(rasters, (down, right), (1, 2)))
        np.maximum(alike, still @ moved.T, out=alike)
alike = np.maximum(alike, alike.T)
np.fill_diagonal(alike, -1)
place = {c: i for i, c in enumerate(characters)}
for i, character in enumerate(characters):
    score = np.where(alike[i] >= APART, alike[i], 0)
    for j in (place[c] for c in share[i] if c in place):
        score[j] = max(alike[i][j] + SHARED, AT_LEAST)
    best = [j for j in np.argsort(-score, kind="stable")[:MOST] if score[j] > 0]
    levels = "".join(str(min(7, int((score[j] - LEAST) / STEP))) for j in best)
    print(character, "".join(characters[j] for j in best), levels, sep="\t")
