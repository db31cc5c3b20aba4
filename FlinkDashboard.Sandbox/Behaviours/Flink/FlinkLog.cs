using System.Globalization;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>
/// Writes log lines in the layout of Flink's own log4j-console.properties. The recorded clusters had no logging configuration and so
/// wrote errors only; a real installation looks like this.
/// </summary>
internal sealed class FlinkLog(SandboxWorld world, RunningContainer container)
{
    /// <summary>An INFO line. The class is given without <c>org.apache.flink.</c>.</summary>
    public void Info(string source, string message) => Write("INFO ", source, message);

    /// <summary>A WARN line.</summary>
    public void Warn(string source, string message) => Write("WARN ", source, message);

    /// <summary>An ERROR line; a stack trace follows the message after a line break.</summary>
    public void Error(string source, string message) => Write("ERROR", source, message);

    /// <summary>Standard output, without layout.</summary>
    public void Print(string text) => container.Log(text);

    private void Write(string level, string source, string message)
    {
        foreach (var line in Split(message))
            container.Log($"{world.Now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture)} {level} {"org.apache.flink." + source,-60} [] - {line}");
    }

    // Several plain messages may come in one text; a stack trace (its second line is indented) belongs to its message.
    private static IEnumerable<string> Split(string message) =>
        message.Contains("\n\t", StringComparison.Ordinal) ? [message.TrimEnd('\n')] : message.Split('\n');
}
