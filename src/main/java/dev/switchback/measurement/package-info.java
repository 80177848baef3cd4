/** What we count: metrics, sources, samples, baselines; taken now, taken by a run, or taken by another tool. */
package dev.switchback.measurement;
