/** Pure arithmetic: before against after, cold and warm apart; always with the reason. */
package dev.switchback.verdict;
