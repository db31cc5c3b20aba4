using System.Net;
using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Flink;

/// <summary><c>/jobs/ID/plan</c>.</summary>
public sealed record JobPlanAnswer
{
    /// <summary>The graph.</summary>
    public JobPlan Plan { get; init => field = value ?? new(); } = new();
}

/// <summary>The job's graph: nodes with their inputs. Flink lists sinks first.</summary>
public sealed record JobPlan
{
    /// <summary>Job id.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Jid { get; init; }

    /// <summary>Job name.</summary>
    public string? Name { get; init; }

    /// <summary>STREAMING or BATCH.</summary>
    public string? Type { get; init; }

    /// <summary>The vertices.</summary>
    public IReadOnlyList<PlanNode> Nodes { get; init => field = value ?? []; } = [];
}

/// <summary>One vertex of the graph.</summary>
public sealed record PlanNode
{
    /// <summary>Vertex id.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Subtasks.</summary>
    public int Parallelism { get; init; }

    /// <summary>Always empty for streams.</summary>
    public string? Operator { get; init; }

    /// <summary>Always empty for streams; HTML.</summary>
    [JsonPropertyName("operator_strategy")]
    public string? OperatorStrategy { get; init; }

    /// <summary>HTML with <c>&lt;br/&gt;</c> between the chained operators. Shown only as <see cref="Chain"/>, never as HTML.</summary>
    public string? Description { get; init; }

    /// <summary>Vertices it reads from; none for a source.</summary>
    public IReadOnlyList<PlanInput> Inputs { get; init => field = value ?? []; } = [];

    /// <summary>The chained operators as plain text, outermost first, without Flink's drawing of the tree.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Chain =>
    [
        .. (Description ?? "").Split("<br/>", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => WebUtility.HtmlDecode(line).TrimStart(' ', '+', '-', ':', '|').TrimEnd())
            .Where(line => line.Length > 0),
    ];
}

/// <summary>One edge of the graph.</summary>
public sealed record PlanInput
{
    /// <summary>Position among the inputs.</summary>
    public int Num { get; init; }

    /// <summary>Vertex it comes from.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>FORWARD, HASH, REBALANCE, BROADCAST …</summary>
    [JsonPropertyName("ship_strategy")]
    public string? ShipStrategy { get; init; }

    /// <summary>Batch only.</summary>
    [JsonPropertyName("local_strategy")]
    public string? LocalStrategy { get; init; }

    /// <summary>Batch only.</summary>
    public string? Caching { get; init; }

    /// <summary>pipelined_bounded, blocking …</summary>
    public string? Exchange { get; init; }
}
