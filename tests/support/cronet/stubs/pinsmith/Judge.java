package pinsmith;

import android.content.Context;
import org.chromium.net.CronetProvider;

/**
 * What the code tells a builder. For each line of arguments, apart by tabs: the package of the code, then the providers of
 * Cronet on the device. Prints a line for each call, `threw` and the exception where there was one, and an empty line.
 */
public final class Judge {
    public static void main(String[] arguments) throws Exception {
        for (String line : arguments) {
            String[] parts = line.split("\t");
            CronetProvider.installed = java.util.Arrays.copyOfRange(parts, 1, parts.length);
            Record.lines.clear();
            try {
                Class.forName(parts[0] + ".Usage").getMethod("engine", Context.class).invoke(null, new Context());
            } catch (java.lang.reflect.InvocationTargetException thrown) {
                Record.lines.add("threw\t" + thrown.getCause().getClass().getSimpleName());
            }
            for (String call : Record.lines) System.out.println(call);
            System.out.println();
        }
    }
}
