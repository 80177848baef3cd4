/** The one shape of bad news: what failed, what was expected, is it safe to retry, what next. */
package dev.switchback.problem;
