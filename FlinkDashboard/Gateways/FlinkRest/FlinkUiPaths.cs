using System.Buffers;

namespace FlinkDashboard.Gateways.FlinkRest;

/// <summary>
/// What Flink's own web page may be given through the dashboard: its static files, and the readable paths of <see cref="FlinkPaths"/>. Everything else
/// is refused before anything is sent: commands that Flink offers as GET, jars, and whatever is not written in its plainest form.
/// </summary>
public static class FlinkUiPaths
{
    private const int Deepest = 6;
    private const int Longest = 300;
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-@");

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["html"] = "text/html; charset=utf-8",
        ["js"] = "text/javascript; charset=utf-8",
        ["css"] = "text/css; charset=utf-8",
        ["json"] = "application/json; charset=utf-8",
        ["svg"] = "image/svg+xml",
        ["png"] = "image/png",
        ["ico"] = "image/x-icon",
        ["ttf"] = "font/ttf",
        ["woff"] = "font/woff",
        ["woff2"] = "font/woff2",
    };

    /// <summary>Why a path with its query may not be asked; null when it may. It is asked exactly as it was checked.</summary>
    public static string? Refusal(string pathAndQuery)
    {
        if (IsStatic(pathAndQuery))
            return null;
        return FlinkPaths.Refusal(pathAndQuery) is null ? null
            : "The dashboard shows Flink's own page for looking only: its files and the paths that read may pass, commands, jars and anything else may not.";
    }

    /// <summary>A static file of the page. Files lie at the top (<c>main.js</c>) or below <c>assets/</c>.</summary>
    public static bool IsStatic(string path)
    {
        if (path is "/" or "/index.html")
            return true;
        if (path.Length is < 2 or > Longest || path[0] != '/')
            return false;
        var segments = path[1..].Split('/');
        if (segments.Length > Deepest || (segments.Length > 1 && segments[0] != "assets"))
            return false;
        if (segments.Any(s => s.Length == 0 || s[0] == '.' || s.AsSpan().ContainsAnyExcept(Plain) || s.Contains("..", StringComparison.Ordinal)))
            return false;
        var extension = Extension(segments[^1]);
        return segments.Length == 1 ? extension is "js" or "css" or "ico" : extension != "html" && Types.ContainsKey(extension);
    }

    /// <summary>The media type that an answer is given: by the path, never by what the JobManager says.</summary>
    public static string ContentTypeOf(string path)
    {
        if (path == "/")
            return Types["html"];
        if (IsStatic(path))
            return Types[Extension(path)];
        var last = path[(path.LastIndexOf('/') + 1)..];
        return last is "log" or "stdout" || path.Contains("/logs/", StringComparison.Ordinal) ? "text/plain; charset=utf-8" : Types["json"];
    }

    private static string Extension(string name) => name[(name.LastIndexOf('.') + 1)..];
}
