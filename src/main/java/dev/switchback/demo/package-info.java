/** The believable little company of demo mode, docs and screenshots. */
package dev.switchback.demo;
