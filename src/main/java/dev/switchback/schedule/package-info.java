/** What is planned and announced: deploys from outside, the calendar, and what would get into each other's way. */
package dev.switchback.schedule;
