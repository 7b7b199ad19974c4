#!/usr/bin/env python3
"""Check a large corpus of JSON lines by zhubi under Spark.

    spark-submit benches/scale/spark.py CORPUS OUT        # or: python benches/scale/spark.py CORPUS OUT --master local[2]

CORPUS may be a folder, compressed, and anything that Spark reads. zhubi has to be on the path of every worker, or go there by
`--files` with `--zhubi ./zhubi`. OUT is Parquet: `failed=false` has the answers, `failed=true` the records that could not be
understood, too, to be mended and checked again; the run goes on past them.
"""

import argparse
import os

from pyspark.sql import SparkSession

# Status 2 is that of a run with bad records. A process that died otherwise fails its task, which Spark tries again.
CHECK = "sh -c '{zhubi} batch 2>/dev/null || [ $? -eq 2 ]'"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus")
    arguments.add_argument("out")
    arguments.add_argument("--master", help="where spark-submit does not say it")
    arguments.add_argument("--partitions", type=int, help="default: Spark's, one for 32 MB of a local file")
    arguments.add_argument("--zhubi", default="zhubi")
    arguments = arguments.parse_args()
    builder = SparkSession.builder.appName("zhubi")
    if arguments.master:
        builder = builder.master(arguments.master)
    spark = builder.getOrCreate()

    # What is nothing but white space to zhubi is no record.
    lines = spark.sparkContext.textFile(arguments.corpus, arguments.partitions)
    records = lines.filter(lambda line: line.strip(" \t\f\r"))
    # A task has one core, so that zhubi has one thread. Of the environment the command has what it is given here, and no more.
    environment = {"PATH": os.environ["PATH"], "RAYON_NUM_THREADS": "1"}
    answers = records.pipe(CHECK.format(zhubi=arguments.zhubi), environment, checkCode=True)
    # zip refuses partitions of different lengths: an answer for each record proves that all were checked.
    rows = records.zip(answers).map(row)
    table = spark.createDataFrame(rows, "answer string, record string, failed boolean")
    table.write.mode("overwrite").partitionBy("failed").parquet(arguments.out)
    counted = spark.read.parquet(arguments.out).selectExpr("count(*)", "count(record)").first()
    print(f"{counted[0]} records, {counted[1]} of them could not be understood: {arguments.out}/failed=true")
    spark.stop()


def row(pair):
    record, answer = pair
    # An answer that is an error has no findings; strings are escaped, so that text cannot look like this.
    failed = '"error":"' in answer and '"diagnostics":[' not in answer
    return answer, record if failed else None, failed


if __name__ == "__main__":
    main()
