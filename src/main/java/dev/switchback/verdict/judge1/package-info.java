/** The first version of the method, {@code judge/1}: never changed after its release, a better one stands beside it. */
package dev.switchback.verdict.judge1;
