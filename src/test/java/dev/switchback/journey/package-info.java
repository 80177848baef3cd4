/** The walks of a person through the pages, in a real browser, with real processes behind them. */
package dev.switchback.journey;
