/** Takes the samples of a metric: sends requests on a fixed schedule, asks the other sources, keeps the protocol. */
package dev.switchback.sampling;
