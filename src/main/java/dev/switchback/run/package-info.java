/** One execution of one revision in one environment: life cycle, attempts, log, live page. */
package dev.switchback.run;
