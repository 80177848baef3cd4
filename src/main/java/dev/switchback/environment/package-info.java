/** Where we may act: tiers, targets, variables, identity, freezes; the check that connects to every target. */
package dev.switchback.environment;
