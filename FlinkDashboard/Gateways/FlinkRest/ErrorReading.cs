using System.Text;
using System.Text.Json;
using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Gateways.FlinkRest;

/// <summary>Finds the sentence in Flink's error bodies, which are Java stack traces in a JSON array.</summary>
public static class ErrorReading
{
    private const string Hidden = "Internal server error.";
    private const string ServerSide = "<Exception on server side:";

    /// <summary>One sentence for people, and all that was said (null when it is no more than the sentence).</summary>
    /// <param name="status">HTTP code.</param>
    /// <param name="body">The body, perhaps cut, perhaps not Flink's.</param>
    public static (string Message, string? Detail) Of(int status, ReadOnlySpan<byte> body)
    {
        IReadOnlyList<string> errors;
        try
        {
            errors = FlinkJson.Parse<FlinkErrors>(body).Errors;
        }
        catch (JsonException)
        {
            var text = Encoding.UTF8.GetString(body).Trim();
            return ($"HTTP {status}{(text.Length is > 0 and < 200 && text[0] is not ('<' or '{') ? ": " + text : "")}", null);
        }
        var said = errors.Where(e => e.Length > 0).ToList();
        if (said.Count == 0)
            return ($"HTTP {status}", null);
        var main = said.FirstOrDefault(e => e != Hidden) ?? Hidden;
        var message = Sentence(main);
        var whole = string.Join('\n', said);
        return (message, whole == message ? null : whole);
    }

    // The message of the exception without its class. A wrapper that only repeats its cause's class and message loses both classes.
    private static string Sentence(string trace)
    {
        var text = trace.StartsWith(ServerSide, StringComparison.Ordinal) ? trace[ServerSide.Length..].TrimStart() : trace;
        var end = text.IndexOf("\n\tat ", StringComparison.Ordinal);
        var head = (end < 0 ? text : text[..end]).Trim();
        while (head.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && IsClass(head.AsSpan(0, colon)))
            head = head[(colon + 2)..];
        return head.Length == 0 ? Hidden : head;
    }

    private static bool IsClass(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('.') < 0)
            return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '$'))
                return false;
        return true;
    }
}
