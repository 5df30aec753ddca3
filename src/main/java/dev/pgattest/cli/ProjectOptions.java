package dev.pgattest.cli;

import java.nio.file.Path;

/** Options of a command that works on a project. */
interface ProjectOptions {

    /** The project's folder. */
    Path folder();
}
