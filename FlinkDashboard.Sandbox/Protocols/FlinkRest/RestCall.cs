using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>One request that found its route.</summary>
internal sealed record RestCall(SandboxWorld World, FlinkCluster Cluster, IReadOnlyDictionary<string, string> Path, IReadOnlyDictionary<string, string> Query, ReadOnlyMemory<byte> RawBody)
{
    private JsonObject? _body;

    /// <summary>The JSON body; an empty one counts as {}.</summary>
    public JsonObject Body
    {
        get
        {
            try
            {
                return _body ??= RawBody.IsEmpty ? [] : JsonNode.Parse(RawBody.Span) as JsonObject ?? [];
            }
            catch (System.Text.Json.JsonException)
            {
                throw Bad("Request did not match expected format.");
            }
        }
    }

    /// <summary>The job in the path; 400 for an id that is none, 404 for one that nobody knows.</summary>
    public FlinkJob Job => Cluster.Job(JobId) ?? throw FlinkRefusal.JobNotFound(JobId);

    /// <summary>The job's id in the path, checked to be one.</summary>
    public string JobId => Hex("jobid");

    /// <summary>Flink 2 dropped what was deprecated.</summary>
    public bool IsFlink2 => !Cluster.Version.StartsWith("1.", StringComparison.Ordinal);

    /// <summary>The JobManager's version is this one or later.</summary>
    public bool Since(int major, int minor)
    {
        var parts = Cluster.Version.Split('.');
        var own = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        return own.CompareTo((major, minor)) >= 0;
    }

    /// <summary>Now, as Flink writes times.</summary>
    public long Now => World.Now.ToUnixTimeMilliseconds();

    /// <summary>A path parameter of 32 hexadecimal digits.</summary>
    public string Hex(string name) => Path[name] is { Length: 32 } id && id.All(char.IsAsciiHexDigit)
        ? id
        : throw Bad($"Bad request, could not parse parameters: Cannot resolve path parameter ({name}) from value \"{Path[name]}\".");

    /// <summary>A vertex of the job; 404 without it.</summary>
    public FlinkVertex Vertex
    {
        get
        {
            var id = Hex("vertexid");
            return Job.Vertices.FirstOrDefault(v => v.Id == id) ?? throw new FlinkRefusal(404, FlinkThrowable.Of(
                "org.apache.flink.runtime.rest.NotFoundException", $"JobVertex {id} not found",
                "org.apache.flink.runtime.rest.handler.job.JobVertexDetailsHandler.handleRequest(JobVertexDetailsHandler.java:89)").StackTrace);
        }
    }

    /// <summary>A whole number in the query.</summary>
    public int Number(string name, int otherwise) => !Query.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
        : throw Bad($"Bad request, could not parse parameters: Cannot resolve query parameter ({name}) from value \"{text}\".");

    /// <summary>The names asked for with <c>get</c>; empty without it.</summary>
    public IReadOnlyList<string> Asked => Query.TryGetValue("get", out var names) ? names.Split(',', StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>400 as the real server words it.</summary>
    public static FlinkRefusal Bad(string message) => Refusal(400, message, "AbstractHandler.respondAsLeader(AbstractHandler.java:165)");

    /// <summary>An error of a handler.</summary>
    public static FlinkRefusal Refusal(int status, string message, string frame) =>
        new(status, FlinkThrowable.Of("org.apache.flink.runtime.rest.handler.RestHandlerException", message, "org.apache.flink.runtime.rest.handler." + frame).StackTrace);

    /// <summary>A time as epoch milliseconds; -1 for none.</summary>
    public static long Ms(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds() ?? -1;
}

/// <summary>What is answered: JSON, or plain text.</summary>
internal sealed record RestAnswer(JsonNode? Body, int Status = 200)
{
    public string? Text { get; init; }

    public static implicit operator RestAnswer(JsonNode body) => new(body);
}

/// <summary>One endpoint.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Template">Path, with <c>:name</c> for parameters.</param>
/// <param name="Answer">What it answers.</param>
internal sealed record Route(string Method, string Template, Func<RestCall, RestAnswer> Answer)
{
    /// <summary>First version that has it.</summary>
    public (int Major, int Minor) Since { get; init; } = (1, 0);

    private readonly string[] _parts = Template.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The parameters if the path is this one.</summary>
    public Dictionary<string, string>? Match(string[] segments)
    {
        if (segments.Length != _parts.Length)
            return null;
        var parameters = new Dictionary<string, string>();
        for (var i = 0; i < segments.Length; i++)
        {
            if (_parts[i].StartsWith(':'))
                parameters[_parts[i][1..]] = segments[i];
            else if (_parts[i] != segments[i])
                return null;
        }
        return parameters;
    }
}
