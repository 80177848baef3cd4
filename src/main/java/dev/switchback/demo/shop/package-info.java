/**
 * A small shop that is pleasant to migrate: it says who it is and what it runs with, takes a new setting while requests
 * are under way, and can be asked whether two sources of its settings agree before one replaces the other.
 */
package dev.switchback.demo.shop;
