/** Runbooks in and out of Git as YAML and Markdown; reports. */
package dev.switchback.exchange;
