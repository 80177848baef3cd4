/** What a run would execute, exactly, before it exists: computed by the code that executes, while nothing is executed. */
package dev.switchback.preview;
