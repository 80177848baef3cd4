/** The steady requests sent to the service throughout a run, on new and on kept-open connections, and what they prove. */
package dev.switchback.probe;
