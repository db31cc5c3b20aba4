namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>The account and region that the worlds' manifests name.</summary>
public static class AwsAccount
{
    /// <summary>Account number.</summary>
    public const string Id = "111122223333";

    /// <summary>Region of everything.</summary>
    public const string Region = "us-west-2";

    /// <summary>Bucket that is there in every world.</summary>
    public const string Bucket = "emr-eks-flink-111122223333";

    /// <summary>Log group that is there in every world.</summary>
    public const string LogGroup = "/aws/emr-flink/flink-team-a";
}
