namespace FlinkDashboard.Model.Manifests;

/// <summary>How much a problem matters.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>Will be accepted, and will probably not do what is wanted.</summary>
    Warning,

    /// <summary>Will be refused, or cannot work.</summary>
    Error,
}

/// <summary>Something wrong with one field of a manifest.</summary>
/// <param name="Field">Path, for instance <c>spec.job.parallelism</c>; empty for the whole document.</param>
/// <param name="Message">What is wrong and, where it is known, how to mend it.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Source">Who says so; one of <see cref="ProblemSource"/>.</param>
public sealed record FieldProblem(string Field, string Message, ProblemSeverity Severity, string Source)
{
    /// <summary>Short name of the rule that is broken, for instance <c>schema.type</c>, <c>operator.metadata.name</c> or <c>D8</c>; empty when the speaker names none.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Line in the text from 1; null when not known.</summary>
    public int? Line { get; init; }

    /// <summary>Column in the text from 1; null when not known.</summary>
    public int? Column { get; init; }
}

/// <summary>Who finds problems.</summary>
public static class ProblemSource
{
    /// <summary>The text is no YAML that can be sent.</summary>
    public const string Syntax = "yaml";

    /// <summary>A rule of the operator's validator.</summary>
    public const string Operator = "operator";

    /// <summary>The schema of the installed CRD.</summary>
    public const string Schema = "schema";

    /// <summary>The API server, asked with a dry run.</summary>
    public const string ApiServer = "api server";

    /// <summary>A trap known from examples that were deployed before.</summary>
    public const string Trap = "seed trap";

    /// <summary>Something that neither schema nor operator checks, and that does not work on Kubernetes or with Flink.</summary>
    public const string Practice = "practice";

    /// <summary>A form.</summary>
    public const string Form = "form";
}
