package dev.pgattest.deploy;

/**
 * One thing that is looked at before a deployment.
 *
 * @param item what
 * @param level whether it stands in the way
 * @param value what was seen
 * @param remedy what to do; empty when it is right
 */
public record PreflightItem(String item, Level level, String value, String remedy) {

    /** Whether something stands in the way. */
    public enum Level {
        OK,
        WARN,
        BLOCK
    }

    /** All is well. */
    public static PreflightItem ok(String item, String value) {
        return new PreflightItem(item, Level.OK, value, "");
    }

    /** It can be done, but somebody should know. */
    public static PreflightItem warn(String item, String value, String remedy) {
        return new PreflightItem(item, Level.WARN, value, remedy);
    }

    /** It cannot be done so. */
    public static PreflightItem block(String item, String value, String remedy) {
        return new PreflightItem(item, Level.BLOCK, value, remedy);
    }

    /** Whether it stands in the way. */
    public boolean blocks() {
        return level == Level.BLOCK;
    }
}
