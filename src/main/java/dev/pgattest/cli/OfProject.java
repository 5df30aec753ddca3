package dev.pgattest.cli;

import java.nio.file.Path;

/** A command, or a part of its options, that works on one project: problems of its files are shown below its folder. */
interface OfProject {

    /** The project's folder. */
    Path folder();
}
