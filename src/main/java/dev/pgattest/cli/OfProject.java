package dev.pgattest.cli;

import java.nio.file.Path;

/** A command, or the options of one, about one project: what is wrong in its files is shown with the folder before it. */
interface OfProject {

    /** The project's folder. */
    Path folder();
}
