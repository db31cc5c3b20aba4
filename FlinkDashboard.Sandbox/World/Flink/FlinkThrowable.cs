using System.Text;

namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>A Java exception as Flink reports it.</summary>
/// <param name="Class">Full class name.</param>
/// <param name="Message">Its message.</param>
/// <param name="StackTrace">Text of <c>printStackTrace</c>: first line <c>class: message</c>, frames, then the causes.</param>
/// <param name="Cause">The exception it was caused by.</param>
public sealed record FlinkThrowable(string Class, string Message, string StackTrace, FlinkThrowable? Cause = null)
{
    /// <summary>An exception with one frame of its own and, below, the trace of its cause.</summary>
    public static FlinkThrowable Of(string @class, string message, string frame, FlinkThrowable? cause = null)
    {
        var text = new StringBuilder(@class);
        if (message.Length > 0)
            text.Append(": ").Append(message);
        text.Append("\n\tat ").Append(frame).Append('\n');
        if (cause is not null)
            text.Append("Caused by: ").Append(cause.StackTrace);
        return new FlinkThrowable(@class, message, text.ToString(), cause);
    }

    /// <summary><c>class: message</c>.</summary>
    public override string ToString() => Message.Length > 0 ? $"{Class}: {Message}" : Class;
}
