/** Two states side by side: which sittings belong together, what the judge is told, what he said, and the proof of it. */
package dev.switchback.comparison;
