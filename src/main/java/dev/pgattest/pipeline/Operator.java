package dev.pgattest.pipeline;

import dev.pgattest.deploy.DeploymentRecord.Actor;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who runs this program, for the journal. */
final class Operator {

    private Operator() {}

    static Actor ofThisProcess() {
        return new Actor(
                System.getProperty("user.name", "unknown"),
                host(),
                ProcessHandle.current().pid());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return System.getenv().getOrDefault("HOSTNAME", "unknown");
        }
    }
}
