/** Finds due work, leases it, drives steps in order, beats its heart, settles what a crashed instance left. */
package dev.switchback.engine;
