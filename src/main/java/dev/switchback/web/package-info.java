/** What every page and endpoint shares: layout data, live updates, CSRF/CSP, paging, error pages. */
package dev.switchback.web;
