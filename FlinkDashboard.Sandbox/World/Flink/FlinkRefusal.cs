namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>A JobManager's refusal: an HTTP code and the texts of the answer's <c>errors</c> array. Commands throw it, the REST server writes it.</summary>
public sealed class FlinkRefusal(int status, params string[] errors) : Exception(errors[0])
{
    /// <summary>HTTP code.</summary>
    public int Status => status;

    /// <summary>Texts as the real server words them (often a Java stack trace).</summary>
    public IReadOnlyList<string> Errors => errors;

    /// <summary>404 of every endpoint that reads one job.</summary>
    public static FlinkRefusal JobNotFound(string jobId) => new(404, FlinkThrowable.Of(
        "org.apache.flink.runtime.rest.NotFoundException", $"Job {jobId} not found",
        "org.apache.flink.runtime.rest.handler.job.AbstractExecutionGraphHandler.lambda$handleRequest$1(AbstractExecutionGraphHandler.java:98)",
        FlinkThrowable.Of("org.apache.flink.runtime.messages.FlinkJobNotFoundException", $"Could not find Flink job ({jobId})",
            "org.apache.flink.runtime.dispatcher.Dispatcher.requestExecutionGraphInfo(Dispatcher.java:945)")).StackTrace);
}
